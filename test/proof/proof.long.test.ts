import { proof } from './proof';

/** As many days as the demo shows when it stays up. */
proof(90);

import { proof } from './proof';

/** More than the week that some panels look back. */
proof(9);

import { proof } from './proof';

/** Days of history; a demo that stays up shows as many. */
proof(90);

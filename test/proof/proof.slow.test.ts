import { proof } from './proof';

/** Days of history: more than the week that some panels need. */
proof(9);

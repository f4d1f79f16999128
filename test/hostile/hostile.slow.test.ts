import { hostile } from './hostile';

hostile(1_000);

import { hostile } from './hostile';

hostile(10_000);

import { LARGE_ROWS, ROWS } from './rows';
import { scorecard } from './scorecard';

scorecard([...ROWS, ...LARGE_ROWS]);

import { ROWS } from './rows';
import { scorecard } from './scorecard';

scorecard(ROWS);

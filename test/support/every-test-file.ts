import { stopRegistered } from './stop';

// The limit only ends a test that hangs: no result depends on the speed of the machine.
jest.setTimeout(600_000);

afterEach(stopRegistered.each);
afterAll(stopRegistered.all);

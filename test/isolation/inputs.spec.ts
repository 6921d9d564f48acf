import { tryInputs } from './input-trials.js';

// By night each place is tried with all of them.
tryInputs(2, 2);

import { tryInputs } from './input-trials.js';

tryInputs(Infinity, Infinity);

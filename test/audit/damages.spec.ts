import { tryDamages } from './damage-trials.js';

// By night it is a thousand.
tryDamages(60);

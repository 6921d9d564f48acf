import { tryDamages } from './damage-trials.js';

tryDamages(1_000);

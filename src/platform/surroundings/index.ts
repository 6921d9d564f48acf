export { startSurroundings, type Surroundings } from './start-surroundings.js';

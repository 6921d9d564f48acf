export { AiModule } from './ai.module.js';
export { aiSecrets } from './settings/settings-row.js';
export { aiDataMap } from './personal-data/data-map.js';
export { aiMoving } from './personal-data/moving.js';

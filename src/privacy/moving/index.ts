export { type ExportedWorkspace, exportWorkspace } from './export-workspace.js';
export { type ImportedWorkspace, importWorkspace } from './import-workspace.js';
export { MovingRefused } from './moving-refused.js';

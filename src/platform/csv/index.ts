export { csvLine } from './csv-line.js';
export { type TableEncoding, decoded, encodingOf, tableEncodings } from './table-encoding.js';
export { BrokenTable, type Separator, type TableRow, readTable, separatorOf, separators } from './read-table.js';

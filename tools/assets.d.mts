export function compressFiles(folder: string): void;
export function keepAssetsBefore(previous: string, fresh: string): void;

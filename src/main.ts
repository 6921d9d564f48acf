import { setSourceMapsSupport } from 'node:module';

// Traces name the lines of our own sources. Before anything is loaded, and for ours alone: the libraries' maps would take 25 MB.
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
await import('./run.js');

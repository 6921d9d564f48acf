// Jest loads its set-up with plain Node, which knows neither our decorators nor `.js` for `.ts`; this teaches it.
import './typescript-loader.mjs';

export default async function globalSetup() {
  const { startServices } = await import('./services.ts');
  globalThis.parleyTestServices = await startServices({ mayForget: true });
}

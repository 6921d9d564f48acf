// Starts what the tests start (Postgres, the server), prints every document into the checkout, and ends it all again.
import '../../support/typescript-loader.mjs';

const { startServices } = await import('../../support/services.ts');
const services = await startServices({ mayForget: true });
try {
  const { writeDocuments } = await import('./documents.ts');
  const changed = await writeDocuments();
  console.log(changed.length === 0 ? 'Every printed file is as it was.' : `Printed ${changed.join(', ')}`);
} finally {
  await services.stop();
}
process.exit(0);

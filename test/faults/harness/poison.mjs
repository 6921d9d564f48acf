// Loaded before the worker in a test's process: a statement that carries a marker ends the process, or never ends, as a bug
// in the product or in a library might. The product itself knows nothing of it.
import pg from 'pg';

const query = pg.Client.prototype.query;
const carries = (given, marker) => {
  const values = given[0]?.values ?? given[1];
  return Array.isArray(values) && JSON.stringify(values).includes(marker);
};

pg.Client.prototype.query = function (...given) {
  if (carries(given, 'POISON-EXIT')) process.exit(86);
  if (carries(given, 'POISON-HANG')) return new Promise(() => undefined);
  return query.apply(this, given);
};

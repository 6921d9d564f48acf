// In the project's own sources an import that ends in `.js` stands for the `.ts` or `.tsx` beside it. Packages are left
// alone, which is why this is no moduleNameMapper: that could not tell whose import it is.
const { existsSync } = require('node:fs');
const { resolve } = require('node:path');

module.exports = (request, options) => {
  if (request.startsWith('.') && request.endsWith('.js') && !options.basedir.includes('node_modules')) {
    const base = resolve(options.basedir, request.slice(0, -3));
    for (const extension of ['.ts', '.tsx']) {
      if (existsSync(base + extension)) return base + extension;
    }
  }
  return options.defaultResolver(request, options);
};

/** How TypeScript becomes JavaScript in tests; the same as tsconfig.json says for the build. */
export const swcOptions = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true, tsx: false },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      useDefineForClassFields: false,
      react: { runtime: 'automatic' },
    },
    keepClassNames: true,
  },
};

/** The same for a file that ends in `.tsx`. */
export const swcOptionsWithJsx = {
  ...swcOptions,
  jsc: { ...swcOptions.jsc, parser: { ...swcOptions.jsc.parser, tsx: true } },
};

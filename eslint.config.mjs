import tseslint from 'typescript-eslint';

// Biome does all other linting; these two rules need types.
export default [
  {
    ignores: ['**/dist/**', '**/generated/**', '**/coverage/**', '.cache/**', 'data/**'],
  },
  {
    files: ['**/*.ts', '**/*.tsx', 'scripts/**/*.mjs'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {
        project: './tsconfig.check.json',
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
];

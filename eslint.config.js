import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

/** What begins with an underscore is named only to be passed over. */
const unused = ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true }];

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'demo/out/', 'coverage/'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // `=> void (state.field = value)` and `it('…', () => given(…).when(…).then(…))` are how rows of tables and specifications are told.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // A fold looks up what an earlier fact put there: a decision has seen to it, and a check would have nothing to say.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Ports are asynchronous; an adapter that knows the answer at once is no less one.
      '@typescript-eslint/require-await': 'off',
      // It takes what changed during an `await`, and what only some versions of Node have, for settled.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // The type of a row is said where its statement is.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Options of Nest are told as literals of classes that are types.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // There are no enums here, and looking for them takes a fifth of the time.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // An empty class is how Nest's modules are told.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': unused,
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'A thing is exported by its name.' }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // A specification knows what it waits to see thrown.
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
      // A contract is one suite, and is read as one.
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['src/**/*.ts'], rules: { 'max-lines-per-function': ['error', 60] } },
  { files: ['{bench,demo,docs,test}/**/*.js'], extends: [...tseslint.configs.strict], rules: { '@typescript-eslint/no-unused-vars': unused, '@typescript-eslint/no-extraneous-class': 'off', 'max-lines': ['error', 250] } },
  // What a port, a rule, a renderer and a request are for is said where they stand.
  {
    files: ['src/event-store/{event-store,keys}.ts'],
    plugins: { jsdoc },
    rules: { 'jsdoc/require-jsdoc': ['error', { require: { ClassDeclaration: true, FunctionDeclaration: false }, contexts: ['TSAbstractMethodDefinition'], enableFixer: false }] },
  },
  {
    files: ['src/deciding/{clock,decider,changes}.ts', 'src/projecting/projection.ts', 'src/**/*.{rules,renderer,requests}.ts'],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': ['error', { publicOnly: true, require: { ClassDeclaration: true, FunctionDeclaration: true, ArrowFunctionExpression: true }, enableFixer: false }],
    },
  },
);

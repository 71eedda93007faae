/**
 * The tests run against the build in dist/: what is tested is what ships, decorators, worker threads and all.
 * Imports of `src/` in a test are types for the compiler and dist/ for jest.
 */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  // Machines that test are shared and noisy: a limit of time is not what these tests are about.
  testTimeout: 30_000,
  // One suite a core; what faults and pages are tried with is timed, and has the machine for itself.
  maxWorkers: '100%',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(?:\\.\\./)+src/(.*)\\.js$': '<rootDir>/dist/$1.js', '^(\\.{1,2}/(?!.*src/).*)\\.js$': '$1' },
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } } }],
    // Plugins of Fastify are CommonJS and require these two, which are ESM: jest cannot, where Node can.
    'node_modules/(cookie|content-disposition)/.+\\.js$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
  },
  transformIgnorePatterns: ['/node_modules/(?!(cookie|content-disposition)/)'],
};

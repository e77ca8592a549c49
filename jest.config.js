const toCommonJs = (syntax) => [
  '@swc/jest',
  {
    jsc: { target: 'es2023', parser: { syntax } },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

/** Packages of ES modules alone, which Node can require and jest cannot. */
const esModules = '(openid-client|oauth4webapi|jose)';

/** What all kinds of test share: swc compiles, the `source` condition reads sibling packages from src. */
const shared = {
  transform: {
    '^.+\\.ts$': toCommonJs('typescript'),
    [`/node_modules/${esModules}/.+\\.js$`]: toCommonJs('ecmascript'),
  },
  setupFiles: ['<rootDir>/test/src/property-seed.ts'],
  transformIgnorePatterns: [`/node_modules/(?!${esModules}/)`],
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/test/backstage/'],
  testEnvironmentOptions: {
    customExportConditions: ['source', 'node', 'require', 'default'],
  },
};

module.exports = {
  // A guard against hanging, not an expectation: real servers take their time on a busy machine.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/*/src/**/*.test.ts',
        '<rootDir>/query-service/web/src/**/*.test.ts',
      ],
    },
    {
      ...shared,
      displayName: 'postgres',
      testMatch: ['<rootDir>/*/test/**/*.test.ts'],
      globalSetup: '<rootDir>/test/src/global-setup.ts',
      globalTeardown: '<rootDir>/test/src/global-teardown.ts',
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/*.test.ts'],
      globalSetup: '<rootDir>/test/src/global-setup.ts',
      globalTeardown: '<rootDir>/test/src/global-teardown.ts',
    },
    {
      ...shared,
      displayName: 'collector',
      testMatch: ['<rootDir>/test/collector/test/*.test.ts'],
      globalSetup: '<rootDir>/test/src/collector-global-setup.ts',
      globalTeardown: '<rootDir>/test/src/global-teardown.ts',
    },
    {
      ...shared,
      displayName: 'senders',
      testMatch: ['<rootDir>/test/senders/test/*.test.ts'],
      globalSetup: '<rootDir>/test/src/collector-global-setup.ts',
      globalTeardown: '<rootDir>/test/src/global-teardown.ts',
    },
    {
      ...shared,
      displayName: 'deploy',
      testMatch: ['<rootDir>/test/deploy/test/*.test.ts'],
      globalSetup: '<rootDir>/test/src/deploy-global-setup.ts',
      globalTeardown: '<rootDir>/test/src/global-teardown.ts',
    },
    {
      ...shared,
      displayName: 'chart',
      testMatch: ['<rootDir>/test/deploy/chart/*.test.ts'],
      globalSetup: '<rootDir>/test/src/chart-global-setup.ts',
    },
    {
      ...shared,
      displayName: 'chaos-plants',
      testMatch: ['<rootDir>/test/chaos-plants/*.test.ts'],
    },
  ],
};

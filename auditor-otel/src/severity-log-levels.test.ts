import { readSeverityLogLevels } from './severity-log-levels';

const read = (levels: Record<string, string>) =>
  readSeverityLogLevels({
    getOptionalString: (key) =>
      levels[key.replace('backend.auditor.severityLogLevelMappings.', '')],
  });

describe('readSeverityLogLevels', () => {
  it('has the defaults of Backstage', () => {
    expect(read({})).toEqual({
      low: 'debug',
      medium: 'info',
      high: 'info',
      critical: 'info',
    });
  });

  it('takes what is set', () => {
    expect(read({ low: 'info', critical: 'error' })).toEqual({
      low: 'info',
      medium: 'info',
      high: 'info',
      critical: 'error',
    });
  });

  it('refuses another word as Backstage does', () => {
    expect(() => read({ high: 'loud' })).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message:
          "The configuration value for 'backend.auditor.severityLogLevelMappings.high' was given an invalid value: 'loud'. Expected one of the following valid values: 'debug, info, warn, error'.",
      }),
    );
  });
});

/**
 * In CI a test that failed is run once more, and its first failure is printed: what failed twice is broken, and what did not
 * has met a busy machine, or a race that wants to be looked at. Elsewhere nothing is repeated.
 */
if (process.env.CI === 'true') jest.retryTimes(1, { logErrorsBeforeRetry: true });

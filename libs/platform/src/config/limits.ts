import type { Limit } from '../limits/rate-limits';
import type { ConfigValues } from './config-values';

const MINUTE = 60;
const LOGIN_WINDOW_SECONDS = 15 * MINUTE;

/** Every limit of the product; see "Configuration" in the README for the settings behind them. */
export interface Limits {
  /** Per user, or per address without one. */
  readonly requests: Limit;
  /** Per user, all doors together. */
  readonly messages: Limit;
  readonly loginFailuresPerAccount: Limit;
  readonly loginFailuresPerAddress: Limit;
  readonly signups: Limit;
}

export function limitsFrom(config: ConfigValues): Limits {
  return {
    requests: {
      name: 'requests',
      points: config.LIMIT_REQUESTS_PER_MINUTE,
      seconds: MINUTE,
      sentence: 'Too many requests.',
    },
    // A window of four seconds gives the bursts of four times the rate.
    messages: {
      name: 'messages',
      points: config.LIMIT_MESSAGES_PER_SECOND * 4,
      seconds: 4,
      sentence: 'Too many messages.',
    },
    loginFailuresPerAccount: {
      name: 'login-failures-account',
      points: config.LIMIT_LOGIN_FAILURES,
      seconds: LOGIN_WINDOW_SECONDS,
      sentence: 'Too many failed log-ins for this account.',
    },
    loginFailuresPerAddress: {
      name: 'login-failures-address',
      points: config.LIMIT_LOGIN_FAILURES * 10,
      seconds: LOGIN_WINDOW_SECONDS,
      sentence: 'Too many failed log-ins from this address.',
    },
    signups: {
      name: 'signups',
      points: config.LIMIT_SIGNUPS_PER_HOUR,
      seconds: 60 * MINUTE,
      sentence: 'Too many new accounts from this address.',
    },
  };
}

import { rememberLast } from '@app/platform';

/** ISO 8601, UTC, with milliseconds and `Z`. A commit has one moment, which its frames and answers all name. */
export const timeToWire = rememberLast((at: Date) => at.toISOString());

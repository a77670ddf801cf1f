import type { DomainError } from '@app/platform';

/** One bad field, as FastAPI tells of it. */
export interface ValidationDetail {
  /** Where it stands: `["body", "members", 3]`. */
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  /** Stable, for programs: pydantic's names. */
  readonly type: string;
}

/** pydantic's names for rules that are broken; whatever it has no name for is a `value_error`. */
const TYPES: Readonly<Record<string, string | undefined>> = {
  required: 'missing',
  not_a_string: 'string_type',
  not_a_list: 'list_type',
  not_an_integer: 'int_parsing',
  too_small: 'greater_than_equal',
  too_large: 'less_than_equal',
  too_short: 'string_too_short',
  too_long: 'string_too_long',
  empty: 'string_too_short',
};

/** The queries of this dialect; no body has a field of such a name. */
const QUERY_FIELDS = ['page', 'limit', 'before'];

/** The details of a failure that is shown as a list; undefined for one that is a sentence. */
export function findDetails(error: DomainError): ValidationDetail[] | undefined {
  if (error.kind === 'malformed') return [{ loc: ['body'], msg: error.message, type: 'json_invalid' }];
  if (error.kind !== 'invalid') return undefined;
  return error.fields?.map(({ path, code, detail }) => ({
    loc: locate(path),
    msg: detail,
    type: TYPES[code] ?? 'value_error',
  }));
}

function locate(path: string): (string | number)[] {
  const steps = path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  return [QUERY_FIELDS.includes(path) ? 'query' : 'body', ...steps];
}

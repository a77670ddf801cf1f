/** Which slice of a list is wanted. `page` counts from 1; `limit` is 1 to {@link MAX_PAGE_SIZE}. */
export interface PageRequest {
  readonly page: number;
  readonly limit: number;
}

/** A slice of a list, and how much there is in all. */
export interface Page<Item> extends PageRequest {
  readonly items: readonly Item[];
  readonly total: number;
  readonly pages: number;
}

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;
/** Beyond this an offset would not be a safe integer any more. */
export const MAX_PAGE = 1_000_000_000;

export function makePage<Item>(items: readonly Item[], total: number, request: PageRequest): Page<Item> {
  const { page, limit } = request;
  return { items, total, page, limit, pages: Math.ceil(total / limit) };
}

export function pageOffset({ page, limit }: PageRequest): number {
  return (page - 1) * limit;
}

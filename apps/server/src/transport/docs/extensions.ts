/** Marks that our decorators leave in the document for the refinements; none is left when it is served. */
export const PUBLIC_EXTENSION = 'x-public';
export const NOT_LIMITED_EXTENSION = 'x-not-limited';
export const PROBLEMS_EXTENSION = 'x-problems';

/** Where Swagger UI is, with files of its own beneath. */
export const DOCS_PATH = 'docs';

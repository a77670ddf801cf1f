import { Injectable } from '@nestjs/common';
import {
  Actor,
  countCodePoints,
  foldForComparison,
  InvalidInput,
  isBlank,
  isStorable,
  makePage,
  Page,
  PageRequest,
} from '@app/platform';
import { UserSearch } from './persistence/user-search';
import { PublicUser, toPublicUser } from './user';

const QUERY_MAX_CHARACTERS = 50;

/** Finds people by the beginning of their username or full name, whatever the case, in the order of usernames. */
@Injectable()
export class SearchUsers {
  constructor(private readonly search: UserSearch) {}

  /**
   * The first {@link SEARCH_MAX_MATCHES} matches by either name can be paged through.
   * @throws InvalidInput path `q`
   */
  async execute(_actor: Actor, q: string, request: PageRequest): Promise<Page<PublicUser>> {
    checkQuery(q);
    const page = await this.search.find(foldForComparison(q), request);
    return makePage(page.items.map(toPublicUser), page.total, request);
  }
}

function checkQuery(q: string): void {
  const length = countCodePoints(q);
  if (length > QUERY_MAX_CHARACTERS) {
    throw InvalidInput.field('q', 'too_long', `q: at most ${QUERY_MAX_CHARACTERS} characters, ${length} given.`);
  }
  if (isBlank(q)) throw InvalidInput.field('q', 'empty', 'q: at least 1 visible character, none given.');
  if (!isStorable(q))
    throw InvalidInput.field('q', 'invalid_characters', 'q: NUL and lone surrogates are not allowed.');
}

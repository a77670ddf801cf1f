import type { OpenAPIObject } from '@nestjs/swagger';

/** The operations of one dialect, as readers of the documentation find them together. */
export interface TagGroup {
  readonly name: string;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
}

/** What ReDoc reads: a tag without a group would not be shown. */
type Grouped = OpenAPIObject & { 'x-tagGroups'?: { name: string; tags: string[] }[] };

/** Adds the tags of a dialect, and their group. */
export function addTagGroup(document: OpenAPIObject, { name, tags }: TagGroup): void {
  const grouped: Grouped = document;
  grouped.tags = [...(grouped.tags ?? []), ...tags];
  grouped['x-tagGroups'] = [...(grouped['x-tagGroups'] ?? []), { name, tags: tags.map((tag) => tag.name) }];
}

import { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { MAX_PAGE_SIZE, Page } from '@app/platform';
import { CountField } from './fields';

/** A slice of a list as every list of this dialect answers it. */
export interface PageWire<Item> {
  items: Item[];
  total: number;
  page: number;
  limit: number;
  pages: number;
}

/** What a page of `Item`s looks like, to be extended by a class that gives it its name. */
export function pageSchemaOf<Item>(item: Type<Item>): Type<PageWire<Item>> {
  class ItemsPage implements PageWire<Item> {
    @ApiProperty({ type: [item], maxItems: MAX_PAGE_SIZE, description: 'The items of this page.' })
    items: Item[];

    @CountField('How many items there are on all pages.', { example: 1 })
    total: number;

    @CountField('The number of this page, from 1.', { example: 1, minimum: 1 })
    page: number;

    @CountField('How many items a page has at most.', { example: 20, minimum: 1, maximum: MAX_PAGE_SIZE })
    limit: number;

    @CountField('How many pages there are; 0 if there is nothing.', { example: 1 })
    pages: number;
  }
  return ItemsPage;
}

export function pageToWire<Item, Wire>(page: Page<Item>, itemToWire: (item: Item) => Wire): PageWire<Wire> {
  const { items, total, page: number, limit, pages } = page;
  return { items: items.map(itemToWire), total, page: number, limit, pages };
}

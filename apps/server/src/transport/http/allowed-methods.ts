import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/** Remembers which methods each route has, so that a wrong method gets 405 with `Allow` and not 404. */
@Injectable()
export class AllowedMethods {
  private readonly routes = new Map<string, { path: RegExp; methods: Set<string> }>();

  /** Call before any route is added. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ url, method }) => {
      const route = this.routes.get(url) ?? { path: toRegExp(url), methods: new Set() };
      for (const name of [method].flat()) route.methods.add(name);
      this.routes.set(url, route);
    });
  }

  /** Methods that a path has, in alphabetical order; none if nothing is there. */
  at(path: string): string[] {
    const methods = [...this.routes.values()]
      .filter((route) => route.path.test(path))
      .flatMap((route) => [...route.methods]);
    return [...new Set(methods)].sort();
  }
}

/** `:name` stands for one segment, `*` for the rest; a last slash makes no difference. */
function toRegExp(url: string): RegExp {
  const pattern = url
    .replace(/\/$/, '')
    .split('/')
    .map((segment) =>
      segment
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replace(/^:.*/, '[^/]+')
        .replace(/\*/g, '.*'),
    )
    .join('/');
  return new RegExp(`^${pattern}/?$`);
}

import { DomainError, MalformedInput } from '@app/platform';
import { ErrorShape, ErrorShapes, RouteNotFound } from '../../../apps/server/src/transport/errors';

class Shape implements ErrorShape {
  constructor(private readonly prefix: string) {}

  matches(path: string): boolean {
    return path.startsWith(this.prefix);
  }

  render(error: DomainError) {
    return { status: 400, headers: {}, body: `${this.prefix}: ${error.message}` };
  }
}

describe('the shape of an error', () => {
  const shapes = new ErrorShapes();
  shapes.register(new Shape('/native'), { isDefault: true });
  shapes.register(new Shape('/other'));

  test.each([
    ['/native/x', '/native'],
    ['/other/x', '/other'],
    ['/nothing', '/native'],
    ['', '/native'],
  ])('at %s is that of %s', (path, shape) => {
    expect(shapes.shapeFor(path).render(new MalformedInput('x')).body).toBe(`${shape}: x`);
  });

  test('is one sentence where no dialect answers for the rest', () => {
    const { status, body } = new ErrorShapes().shapeFor('/').render(new RouteNotFound());
    expect([status, JSON.parse(body)]).toEqual([404, { detail: 'There is nothing at this address.' }]);
  });
});

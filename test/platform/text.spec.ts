import fc from 'fast-check';
import { countCodePoints, foldForComparison, isBlank, isStorable } from '@app/platform';

const anyText = fc.string({ unit: 'binary' });

describe('countCodePoints', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['سلام', 4],
    ['👍', 1],
    ['👩‍👩‍👧', 5],
    ['e\u0301', 2],
    ['\ud83d', 1],
    ['\udc4d\ud83d', 2],
  ])('counts %j as %i', (text, count) => {
    expect(countCodePoints(text)).toBe(count);
  });

  it('agrees with the iteration of a string, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
        (text) => countCodePoints(text) === [...text].length,
      ),
    );
  });
});

describe('isBlank', () => {
  it.each(['', ' ', '\t\r\n', '\u00a0\u2003\u3000', '\u200c\u200d\u2060\ufeff', ' \u200b\u00ad '])(
    'is true for %j',
    (text) => {
      expect(isBlank(text)).toBe(true);
    },
  );

  it.each(['a', ' \u200c.', '👍', '\u0301', '\u2800'])('is false for %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});

describe('isStorable', () => {
  it.each(['', 'سلام\u200cها', '👩‍👩‍👧', 'e\u0301', '\u0001'])('accepts %j', (text) => {
    expect(isStorable(text)).toBe(true);
  });

  it.each(['\0', 'a\0b', '\ud83d', '\udc4d', 'a\ud83db'])('refuses %j', (text) => {
    expect(isStorable(text)).toBe(false);
  });

  it('accepts exactly what survives UTF-8 and has no NUL', () => {
    fc.assert(
      fc.property(
        anyText,
        (text) => isStorable(text) === (!text.includes('\0') && Buffer.from(text).toString() === text),
      ),
    );
  });
});

describe('foldForComparison', () => {
  it.each([
    ['Alice', 'aLICE'],
    ['STRASSE', 'straße'],
    ['STRAẞE', 'strasse'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδοσ', 'οδος'],
    ['ﬁnn', 'FINN'],
    ['Ａlice', 'alice'],
    ['é', 'E\u0301'],
    ['Ⅳ', 'iv'],
  ])('takes %s and %s for the same', (one, other) => {
    expect(foldForComparison(one)).toBe(foldForComparison(other));
  });

  it.each([
    ['alice', 'al1ce'],
    ['ı', 'l'],
    ['é', 'e'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(foldForComparison(one)).not.toBe(foldForComparison(other));
  });

  it('changes nothing when done twice, and does not see case', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldForComparison(text);
        expect(foldForComparison(folded)).toBe(folded);
        expect(foldForComparison(text.normalize('NFKC').toUpperCase())).toBe(folded);
        expect(foldForComparison(text.normalize('NFKC').toLowerCase())).toBe(folded);
      }),
    );
  });

  it('lets a name be found by its beginning, also within a Greek word', () => {
    expect(foldForComparison('ΣΑΣΑ').startsWith(foldForComparison('ΣΑΣ'))).toBe(true);
  });
});

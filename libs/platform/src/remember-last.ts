/**
 * The same function, which knows its last answer still: for where the same thing is asked many times in a row, such as
 * the text for the one moment at which all messages of a commit were sent. Not for things that change.
 */
export function rememberLast<Given, Answer>(find: (given: Given) => Answer): (given: Given) => Answer {
  let last: { readonly given: Given; readonly answer: Answer } | undefined;
  return (given) => {
    if (last?.given !== given) last = { given, answer: find(given) };
    return last.answer;
  };
}

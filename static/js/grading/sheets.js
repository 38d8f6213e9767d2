/* Separated values into rows, as RFC 4180 has them: quotes, doubled quotes, line ends within a cell. */

/** Rows of cells; the separator is guessed from the first line when it is not given. */
export function readSheet(text, separator = guess(text)) {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  const endCell = () => {
    row.push(cell);
    cell = "";
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (letter === '"' && cell === "") quoted = true;
    else if (letter === separator) endCell();
    else if (letter === "\n") endRow();
    else if (letter !== "\r" || text[at + 1] !== "\n") cell += letter;
  }
  if (cell !== "" || row.length) endRow();
  return rows;
}

function guess(text) {
  const first = text.slice(0, 4000).split("\n", 1)[0];
  const counts = [",", ";", "\t"].map((mark) => [first.split(mark).length, mark]);
  return counts.sort((a, b) => b[0] - a[0])[0][1];
}

/** The command line itself is wrong: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `Concept Probe: are the unembedding differences of one concept parallel, of different concepts orthogonal?

Usage
  concept-probe probe <concept file | pair file | folder>… [--model DIR [--file F]] [--tokens P] [--seed N]
                      [--json [FILE]] [--csv DIR] [--html FILE]
  concept-probe model [--model DIR [--file F]] [--json]
  concept-probe unembedding [--model DIR [--file F]] (--ids 1,2 | --words king,queen | --all) --npy FILE
  concept-probe embed [--model DIR] (--text S | --file lines.txt | --ids 1,2,3) [--all-positions] --npy FILE

  --model DIR      a model folder, or an .onnx file in one; without it the embedded model
  --file F         which of several ONNX files of the folder, as onnx/model_q4.onnx; without it the most precise
  --tokens P       which tokens stand for a word: single (default: others do not count), first, last, mean
  --json           one JSON document on standard output and nothing else; with FILE (….json) into that file
  --csv DIR        the tables as CSV files
  --html FILE      a self-contained report
  --npy FILE       rows of the unembedding, or hidden states, as a float32 NumPy array
  --all-positions  hidden states at every position, not at the last one only
  --seed N         seed of everything random, recorded in the result (default 0)

Exit code: 0 done, 1 could not, 2 wrong usage.
`;

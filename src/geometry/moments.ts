/** Mean of the values that are numbers; NaN if there is none. */
export function mean(values: Iterable<number>): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/** Sample variance (n − 1) of the values that are numbers; NaN with fewer than two. */
export function variance(values: Iterable<number>): number {
  const middle = mean(values);
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += (value - middle) ** 2;
    count++;
  }
  return count < 2 ? NaN : sum / (count - 1);
}

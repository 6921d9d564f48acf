interface Series {
  name: string;
  tone: 'first' | 'second';
  values: readonly (number | null)[];
}

interface Props {
  /** What the picture shows, as a sentence for those who do not see it; the table beside it has the figures. */
  summary: string;
  labels: readonly string[];
  series: readonly Series[];
  format: (value: number) => string;
  /** Said where there is nothing to draw. */
  nothing: string;
}

const height = 150;
const width = 640;

/** Bars over days, side by side for each day. It is drawn, not scripted: nothing in it moves. */
export function BarChart({ summary, labels, series, format, nothing }: Props) {
  if (!series.some(({ values }) => values.some((value) => value !== null)))
    return (
      <figure className="chart">
        <p className="hint">{nothing}</p>
      </figure>
    );
  const most = Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const step = width / Math.max(labels.length, 1);
  const bar = Math.max(1, (step * 0.72) / series.length);
  const marks = [...new Set([0, Math.floor((labels.length - 1) / 2), labels.length - 1])];
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${width} ${height + 22}`} role="img" aria-label={summary} preserveAspectRatio="none">
        {[0, 0.5, 1].map((part) => (
          <line key={part} x1="0" x2={width} y1={height * part + 1} y2={height * part + 1} className="chart-line" />
        ))}
        {series.map(({ tone, values }, place) =>
          values.map((value, index) => {
            if (!value) return null;
            const tall = Math.max(2, (value / most) * (height - 4));
            return (
              <rect
                key={`${tone}${String(index)}`}
                className={`chart-bar ${tone}`}
                x={index * step + step * 0.14 + place * bar}
                y={height - tall}
                width={bar}
                height={tall}
                rx={Math.min(2, bar / 3)}
              >
                <title>{`${labels[index] ?? ''}: ${format(value)}`}</title>
              </rect>
            );
          }),
        )}
      </svg>
      <div className="chart-scale" aria-hidden="true">
        {marks.map((index) => (
          <span key={index}>{labels[index]}</span>
        ))}
      </div>
      <figcaption>
        {series.map(({ name, tone }) => (
          <span key={name} className={`chart-key ${tone}`}>
            {name}
          </span>
        ))}
        <span className="hint">≤ {format(most)}</span>
      </figcaption>
    </figure>
  );
}

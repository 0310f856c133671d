import uPlot from './uplot/uPlot.esm.js';

// A field of a topic over time. The server divides the time into columns; what is drawn is their average, within a band from
// the least to the greatest.
const WIDEST = 600; // columns
const HEIGHT = 260;
const SOONEST = 2000;

let shown; // the plot of the page; a topic that is shown next takes its place
let range = '3600';

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const words = new Intl.NumberFormat('en', { maximumSignificantDigits: 7 });
const time = (seconds) =>
  new Date(seconds * 1000).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

class Plot {
  constructor(section) {
    this.section = section;
    this.part = (id) => section.querySelector(`#plot-${id}`);
    this.zoomed = [];
    this.part('range').value = range;
    section.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.chosen();
    });
    this.part('field').addEventListener('change', () => this.load());
    this.part('range').addEventListener('change', () => this.chosen());
    this.part('back').addEventListener('click', () => {
      this.zoomed.pop();
      this.load();
    });
    this.resized = new ResizeObserver(() => this.fit());
    this.resized.observe(this.part('area'));
    this.chosen();
  }

  chosen() {
    range = this.part('range').value;
    this.section.classList.toggle('own-range', range === '');
    this.zoomed = [];
    this.load();
  }

  isLive() {
    return range !== '' && !this.zoomed.length;
  }

  times() {
    if (this.zoomed.length) {
      return this.zoomed.at(-1);
    }
    const typed = (id) => new Date(this.part(id).value).getTime() / 1000;
    const now = Date.now() / 1000;
    return range === '' ? [typed('from') || now - 3600, typed('to') || now] : [now - Number(range), now];
  }

  // one at a time; the newest wish is not lost
  async load() {
    if (this.loading) {
      this.again = true;
      return;
    }
    this.loading = true;
    const begun = performance.now();
    const [from, to] = this.times();
    try {
      const answer = await fetch(this.address(from, to), { headers: { Accept: 'application/json' } });
      const series = await answer.json();
      if (answer.ok) {
        this.draw(series, from, to);
      } else {
        this.part('words').textContent = series.detail ?? 'The plot cannot be read now.';
      }
    } catch (e) {
      this.part('words').textContent = 'The plot cannot be read now.';
    }
    this.loading = false;
    this.next = performance.now() + Math.max(SOONEST, 10 * (performance.now() - begun));
    if (this.again) {
      this.again = false;
      this.load();
    }
  }

  address(from, to) {
    const query = new URLSearchParams(this.section.dataset.query);
    query.set('field', this.part('field').value);
    query.set('from', new Date(from * 1000).toISOString());
    query.set('to', new Date(to * 1000).toISOString());
    query.set('columns', Math.max(20, Math.min(WIDEST, Math.floor(this.width() / 2))));
    return `${this.section.dataset.series}?${query}`;
  }

  // a plot that costs the server much is drawn less often
  changed() {
    if (this.isLive() && !this.waiting) {
      this.waiting = setTimeout(() => {
        this.waiting = undefined;
        if (this.isLive() && !document.hidden && this.section.isConnected) {
          this.load();
        }
      }, Math.max(0, (this.next ?? 0) - performance.now()));
    }
  }

  width() {
    return this.part('area').clientWidth || 300;
  }

  fit() {
    if (this.plot && this.plot.width !== this.width()) {
      this.plot.setSize({ width: this.width(), height: HEIGHT });
    }
  }

  draw(series, from, to) {
    const columns = series.columns;
    const half = series.columnSeconds / 2;
    const middle = columns.map((column) => new Date(column.at).getTime() / 1000 + half);
    this.columns = columns;
    this.last = () => this.draw(series, from, to);
    this.window = [from, to];
    const data = [middle, ...['min', 'max', 'avg'].map((name) => columns.map((column) => column[name]))];
    if (this.plot) {
      this.plot.setData(data, false);
      this.plot.setScale('x', { min: from, max: to });
    } else {
      this.plot = new uPlot(this.options(), data, this.part('area'));
    }
    this.part('back').disabled = !this.zoomed.length;
    this.say(series);
    this.table(series);
  }

  options() {
    const line = color('--link');
    const band = { stroke: `${line}66`, width: 1, points: { show: false }, spanGaps: true };
    const axis = { stroke: color('--text'), grid: { stroke: color('--line'), width: 1 }, ticks: { stroke: color('--line') } };
    return {
      width: this.width(),
      height: HEIGHT,
      legend: { show: false },
      cursor: { drag: { x: true, y: false, setScale: false } },
      scales: { x: { time: true, range: () => this.window } },
      series: [{}, band, band, { stroke: line, width: 2, spanGaps: true }],
      bands: [{ series: [2, 1], fill: `${line}33` }],
      axes: [axis, { ...axis, size: 64 }],
      hooks: {
        setSelect: [(plot) => this.zoom(plot)],
        setCursor: [(plot) => this.point(plot.cursor.idx)],
      },
    };
  }

  zoom(plot) {
    const { left, width } = plot.select;
    if (width > 4) {
      this.zoomed.push([plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')]);
      plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
      this.load();
    }
  }

  point(index) {
    const column = index == null ? undefined : this.columns[index];
    this.part('point').textContent = column
      ? `${time(new Date(column.at) / 1000)}: ${words.format(column.avg)} (${words.format(column.min)} to ${words.format(column.max)})`
      : '';
  }

  say(series) {
    const said = [`${words.format(series.messages)} messages read`];
    if (series.skipped) {
      said.push(`${words.format(series.skipped)} of them without such a number`);
    }
    if (series.sampled) {
      said.push('only some of each part of the time, since there are very many: a short peak may be missing');
    }
    const text = series.messages ? `${said.join(', ')}.` : 'No messages in that time.';
    if (this.part('words').textContent !== text) {
      this.part('words').textContent = text;
    }
  }

  table(series) {
    const body = this.part('table').tBodies[0];
    body.replaceChildren(
      ...series.columns.map((column) => {
        const row = document.createElement('tr');
        const at = document.createElement('th');
        at.scope = 'row';
        at.textContent = time(new Date(column.at) / 1000);
        at.title = column.at;
        row.append(at);
        for (const number of [column.min, column.avg, column.max, column.count]) {
          row.insertCell().textContent = words.format(number);
        }
        return row;
      }));
  }

  // other colours
  redraw() {
    this.plot?.destroy();
    this.plot = undefined;
    this.last?.();
  }

  end() {
    this.resized.disconnect();
    this.plot?.destroy();
  }
}

export function showPlot(section) {
  if (shown?.section !== section) {
    shown?.end();
    shown = new Plot(section);
  }
}

document.addEventListener('explore:history', () => shown?.section.isConnected && shown.changed());
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => shown?.redraw());

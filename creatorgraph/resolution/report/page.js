// Draws each chart when it comes into view, in the colours of the page's theme, and again when theme or width change.
(() => {
  "use strict";
  const specs = JSON.parse(document.getElementById("charts").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const drawn = new Map();
  const MARGIN = 800; // pixels below the view
  const NARROW = 600; // pixels
  const AXES = 110; // beside the bars of a waterfall
  const HEADERS = 90; // the names of the signals, left of the labels

  function colours() {
    const style = getComputedStyle(document.documentElement);
    const of = (name) => style.getPropertyValue(`--${name}`).trim();
    const named = { ink: of("ink"), faint: of("faint"), good: of("good"), bad: of("bad"), accent: of("accent"), line: of("line") };
    return {
      ...named,
      // what Splink's definitions say, and our own names
      swap: {
        "theme-ink": named.ink, "theme-faint": named.faint, "theme-good": named.good, "theme-bad": named.bad,
        "theme-accent": named.accent, black: named.ink, grey: named.faint, gray: named.faint, green: named.good,
        red: named.bad, "#ddd": named.line, "#aaa": named.faint,
      },
    };
  }

  const COLOUR_KEYS = new Set(["color", "value", "range", "stroke", "fill", "point"]);
  function themed(node, swap, key) {
    if (Array.isArray(node)) return node.map((each) => themed(each, swap, key));
    if (node && typeof node === "object") {
      return Object.fromEntries(
        Object.entries(node).map(([name, value]) => [name, name === "values" ? value : themed(value, swap, name)]),
      );
    }
    return typeof node === "string" && COLOUR_KEYS.has(key) && Object.hasOwn(swap, node) ? swap[node] : node;
  }

  // Splink's definitions have fixed widths: give them the room that there is.
  function fitted(spec, width) {
    if (spec.width && spec.width.step) { // a waterfall
      const step = Math.max(46, Math.min(84, (width - AXES) / spec.data.values.length));
      spec.width = { step };
      spec.layer[0].layer[1].mark.width = step * 0.8;
      Object.assign(spec.layer[1].mark, { xOffset: -step * 0.4, x2Offset: step * 0.4 });
      return spec;
    }
    const narrow = width < NARROW;
    const labels = narrow ? 130 : 270;
    if (spec.hconcat && narrow) {
      spec.vconcat = spec.hconcat;
      delete spec.hconcat;
    }
    for (const part of spec.vconcat || spec.hconcat || []) {
      const legend = part.encoding.color.field ? 100 : 0;
      const room = spec.hconcat ? width / 2 : width - (narrow ? 0 : legend);
      part.width = Math.max(110, room - labels - HEADERS);
      part.encoding.y.axis = { ...part.encoding.y.axis, labelLimit: labels };
      if (legend && narrow) part.encoding.color.legend = { orient: "bottom" };
    }
    return spec;
  }

  function draw(box) {
    const width = box.clientWidth;
    if (!width) return;
    const { swap, ink, faint, line } = colours();
    const spec = fitted(themed(specs[box.id], swap), width);
    const text = { labelColor: faint, titleColor: ink, labelFont: "system-ui, sans-serif", titleFont: "system-ui, sans-serif" };
    const config = {
      background: "transparent",
      view: { stroke: line },
      axis: { ...text, gridColor: line, domainColor: line, tickColor: line, titleFontWeight: "normal" },
      legend: { ...text, labelLimit: 0 },
      header: { ...text, labelLimit: 0 },
      title: { color: ink, subtitleColor: faint },
      text: { color: ink },
    };
    // no link to an editor on another site: it would carry the chart's data there
    const options = { mode: "vega-lite", renderer: "svg", config, actions: { export: true, source: false, compiled: false, editor: false } };
    drawn.set(box.id, width);
    vegaEmbed(box, spec, options).catch((error) => { box.textContent = `This chart could not be drawn: ${error.message}`; });
  }

  const seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting && drawn.get(target.id) !== target.clientWidth) draw(target);
    }
  }, { rootMargin: `${MARGIN}px` });
  const boxes = [...document.querySelectorAll(".chart")];
  // what is in view at once; the rest as it comes
  boxes
    .filter((box) => !box.closest("details:not([open])") && box.getBoundingClientRect().top < innerHeight + MARGIN)
    .forEach(draw);
  boxes.forEach((box) => seen.observe(box));

  let waiting;
  function again(all) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      for (const box of boxes) if (drawn.has(box.id) && (all || drawn.get(box.id) !== box.clientWidth)) draw(box);
    }, 150);
  }
  addEventListener("resize", () => again(false));
  dark.addEventListener("change", () => again(true));
  addEventListener("beforeprint", () => boxes.forEach((box) => drawn.has(box.id) || draw(box)));
})();

/* Charts: <penstock-chart data='{…}' library='…'> draws what its data says in the page's own colours, again when the theme, its size or its data change. */
(() => {
  "use strict";
  if (customElements.get("penstock-chart")) return;

  let library;
  const load = address => library ??= new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => loaded(window.echarts);
    script.onerror = () => { library = undefined; failed(new Error("the drawing library did not load")); };
    document.head.append(script);
  });

  /* As Quantities.rounded. */
  const large = ["", " k", " M", " B", " T"];
  const short = number => {
    let scale = 0;
    while (Math.abs(number) >= 1000 && scale < large.length - 1) { number /= 1000; scale++; }
    return number.toLocaleString("en", { maximumFractionDigits: Math.abs(number) < 1 ? 6 : 2 }) + large[scale];
  };
  const exact = (symbol, number) => symbol + number.toLocaleString("en", symbol ? { minimumFractionDigits: 2, maximumFractionDigits: 6 } : {});
  const above = number => {
    const step = Math.pow(10, Math.floor(Math.log10(number || 1))) / 2;
    return Math.ceil(number / step) * step;
  };
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");

  customElements.define("penstock-chart", class extends HTMLElement {
    static observedAttributes = ["data"];
    #redraw = () => this.#draw();
    #theme = new MutationObserver(this.#redraw);
    #size = new ResizeObserver(() => this.#chart?.resize());
    #chart;

    connectedCallback() {
      load(this.getAttribute("library")).then(echarts => {
        if (!this.isConnected || this.#chart) return;
        this.#chart = echarts.init(this, null, { renderer: "svg" });
        this.#theme.observe(document.documentElement, { attributes: true, attributeFilter: ["theme"] });
        this.#size.observe(this);
        dark.addEventListener("change", this.#redraw);
        this.#draw();
      }, missing => this.classList.add("undrawn")); /* The table beside it says the same. */
    }

    disconnectedCallback() {
      this.#theme.disconnect();
      this.#size.disconnect();
      dark.removeEventListener("change", this.#redraw);
      this.#chart?.dispose();
      this.#chart = undefined;
    }

    attributeChangedCallback() { this.#draw(); }

    /* The browser resolves variables and light-dark(). */
    #colour(name) {
      this.style.color = "var(--" + name + ")";
      const colour = getComputedStyle(this).color;
      this.style.color = "";
      return colour;
    }

    #draw() {
      const given = this.getAttribute("data");
      if (!this.#chart || !given) return;
      const data = JSON.parse(given);
      const words = { color: this.#colour("text-3"), fontSize: 11, fontFamily: getComputedStyle(this).fontFamily };
      const repeated = data.series.map((one, at) => data.series.findIndex(other => other.colour === one.colour) < at);
      const highest = Math.max(0, ...data.marks.map(mark => mark.value));
      this.#chart.setOption({
        animation: !still.matches,
        animationDuration: 250,
        animationDurationUpdate: 250,
        aria: repeated.includes(true) ? {
          enabled: true, label: { enabled: false },
          decal: { show: true, decals: repeated.map(again => again
            ? { symbol: "rect", color: this.#colour("surface"), dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4 }
            : { symbol: "none" }) }
        } : { enabled: false },
        grid: { left: 4, right: 8, top: 12, bottom: 2, containLabel: true },
        xAxis: { type: "category", data: data.labels, boundaryGap: data.series.some(each => each.shape === "STACKED_BARS"),
          axisLabel: { ...words, hideOverlap: true }, axisTick: { show: false }, axisLine: { lineStyle: { color: this.#colour("line-strong") } } },
        yAxis: { type: "value", splitNumber: 4, max: highest ? range => above(Math.max(range.max, highest)) : null,
          axisLabel: { ...words, formatter: number => data.symbol + short(number) }, splitLine: { lineStyle: { color: this.#colour("line-faint") } } },
        tooltip: { trigger: "axis", confine: true, backgroundColor: this.#colour("raised"), borderColor: this.#colour("line"), borderWidth: 1,
          transitionDuration: still.matches ? 0 : 0.2, textStyle: { color: this.#colour("text"), fontSize: 12, fontFamily: words.fontFamily },
          axisPointer: { type: "shadow", shadowStyle: { color: this.#colour("hover"), opacity: 0.5 } },
          valueFormatter: number => number === null || number === undefined ? "–" : exact(data.symbol, number) },
        series: data.series.map((each, at) => this.#series(each, at === 0 ? data.marks : [], words))
      }, { notMerge: true });
    }

    #series(each, marks, words) {
      const colour = this.#colour(each.colour);
      const bars = each.shape === "STACKED_BARS";
      return {
        name: each.name, type: bars ? "bar" : "line", stack: bars ? "all" : undefined, data: each.values, barMaxWidth: 28, barCategoryGap: "25%",
        itemStyle: { color: colour }, showSymbol: each.shape === "LINE", symbolSize: 5, symbol: "circle", connectNulls: false,
        lineStyle: bars ? undefined : { color: colour, width: 1.75, type: each.shape === "DASHES" ? [3, 4] : "solid" },
        areaStyle: each.shape === "AREA" ? { color: colour, opacity: 0.14 } : undefined,
        emphasis: { disabled: true },
        markLine: marks.length === 0 ? undefined : {
          silent: true, symbol: "none", animation: false,
          data: marks.map(mark => ({ yAxis: mark.value, name: mark.name,
            lineStyle: { color: this.#colour(mark.colour), type: mark.colour === "signal" ? "solid" : [2, 3], width: mark.colour === "signal" ? 1.5 : 1 },
            label: { ...words, color: this.#colour(mark.colour), formatter: "{b}", position: "insideStartTop" } }))
        }
      };
    }
  });
})();

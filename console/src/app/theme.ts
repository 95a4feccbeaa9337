import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** One hue for what can be acted on. White letters have 4.5:1 on each shade from 6 on, in both schemes. */
const ACTION: MantineColorsTuple = [
  "#eaf5fa",
  "#d3e8f2",
  "#a6d0e4",
  "#76b6d5",
  "#51a1c8",
  "#2f86b0",
  "#1d6f97",
  "#155c80",
  "#0f4a68",
  "#0a384f",
];

export const theme = createTheme({
  primaryColor: "action",
  primaryShade: 6,
  colors: { action: ACTION },
  autoContrast: true,
  luminanceThreshold: 0.3,
  defaultRadius: "sm",
  // the machine's own letters: nothing is fetched, and every script that it can show is shown
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: "0.78rem", sm: "0.86rem", md: "0.95rem", lg: "1.08rem", xl: "1.25rem" },
  headings: { sizes: { h1: { fontSize: "1.3rem" }, h2: { fontSize: "1.02rem" }, h3: { fontSize: "0.92rem" } } },
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { withArrow: true, multiline: true, maw: 320, events: { hover: true, focus: true, touch: true } } },
    Anchor: { defaultProps: { underline: "hover" } },
    Skeleton: { defaultProps: { radius: "sm" } },
  },
});

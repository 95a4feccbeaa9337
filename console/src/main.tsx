import "@mantine/core/styles.css";
import "@/app/token.css";
import { MantineProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Provider } from "urql";
import { createClient } from "@/app/client";
import { router } from "@/app/router";
import { SessionProvider } from "@/app/session";
import { theme } from "@/app/theme";

const place = document.getElementById("root");
if (place === null) throw new Error("index.html has no #root");

createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Provider value={createClient()}>
        <SessionProvider>
          <RouterProvider router={router} />
        </SessionProvider>
      </Provider>
    </MantineProvider>
  </StrictMode>,
);

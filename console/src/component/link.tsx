/** Links inside the console, in the library's looks and with the router's types. */

import { Anchor, type AnchorProps, Button, type ButtonProps, Menu, type MenuItemProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, Ref } from "react";

type Native = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps> & { ref?: Ref<HTMLAnchorElement> };

export const PageAnchor = createLink(({ ref, ...rest }: AnchorProps & Native) => <Anchor ref={ref} {...rest} />);

export const PageButton = createLink(({ ref, ...rest }: ButtonProps & Omit<Native, keyof ButtonProps>) => (
  <Button component="a" ref={ref} {...rest} />
));

export const PageMenuItem = createLink(({ ref, ...rest }: MenuItemProps & Omit<Native, keyof MenuItemProps>) => (
  <Menu.Item component="a" ref={ref} {...rest} />
));

export function CreatorLink({ id, name }: { id: string; name: string }) {
  return (
    <PageAnchor to="/creator/$creatorId" params={{ creatorId: id }} search={{}}>
      <bdi>{name}</bdi>
    </PageAnchor>
  );
}

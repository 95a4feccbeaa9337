"""Links to clusters: components, then inside each a partition that agrees best with every link and decision."""

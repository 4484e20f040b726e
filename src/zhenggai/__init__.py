"""整改公开: an archive of 巡察整改 (inspection rectification) notices."""

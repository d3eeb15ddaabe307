ALLOWED_HOSTS = ["*"]
DATABASES = {
    "default": {
        "NAME": "netbox",
        "USER": "netbox",
        "PASSWORD": "netbox",
        "HOST": "localhost",
        "PORT": "",
        "CONN_MAX_AGE": 300,
    }
}
REDIS = {
    "tasks": {"HOST": "localhost", "PORT": 6379, "USERNAME": "", "PASSWORD": "", "DATABASE": 0, "SSL": False},
    "caching": {"HOST": "localhost", "PORT": 6379, "USERNAME": "", "PASSWORD": "", "DATABASE": 1, "SSL": False},
}
SECRET_KEY = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
API_TOKEN_PEPPERS = {1: "x" * 60}
PLUGINS = [
    "netbox_topology_views",
    "netbox_inventory",
    "netbox_attachments",
    "netbox_secrets",
    "netbox_dns",
    "netbox_bgp",
    "netbox_acls",
    "netbox_floorplan",
    "netbox_lifecycle",
    "netbox_reorder_rack",
    "netbox_qrcode",
    "netbox_documents",
    "netbox_security",
    "netbox_custom_objects",
]
